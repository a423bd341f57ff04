import { type ReactNode, useEffect, useRef } from "react";

interface FocusedHeadingProps {
  id: string;
  takesFocus: boolean;
  children: ReactNode;
}

/**
 * The heading of what has taken the place of a form or of buttons. It takes the focus where the
 * one that had it went away, so that keyboard and screen reader go on here.
 */
export function FocusedHeading({ id, takesFocus, children }: FocusedHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (takesFocus && lost) {
      heading.current?.focus({ preventScroll: true });
    }
  }, [takesFocus]);

  return (
    <h2 id={id} ref={heading} tabIndex={-1}>
      {children}
    </h2>
  );
}
