import { setupServer } from "msw/node";

/** The stand-in for the backend; each test gives it the answers it needs with `server.use`. */
export const server = setupServer();
