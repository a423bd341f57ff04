export * from './accounts/accounts';
export * from './clients/clients';
export * from './commitments/commitments';
export * from './core/core';
export * from './exchange/exchange';
export * from './organisation/organisation';
export * from './people/people';
export * from './rota/rota';
