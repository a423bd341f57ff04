import { type RefObject, useEffect, useState } from "react";

/** Scrolling moves what is drawn in steps of this many pixels, not with every frame. */
const STEP = 200;

/** The part of a scrolling element that is in sight from left to right, in whole steps. */
export function useVisibleWidth(element: RefObject<HTMLElement | null>): {
  left: number;
  width: number;
} {
  const [place, setPlace] = useState({ left: 0, width: 1600 });
  useEffect(() => {
    const scroller = element.current;
    if (scroller === null) {
      return undefined;
    }
    const measure = () => {
      const left = Math.floor(scroller.scrollLeft / STEP) * STEP;
      const width = (Math.ceil(scroller.clientWidth / STEP) + 1) * STEP;
      setPlace((old) => (old.left === left && old.width === width ? old : { left, width }));
    };
    measure();
    scroller.addEventListener("scroll", measure, { passive: true });
    const resized = new ResizeObserver(measure);
    resized.observe(scroller);
    return () => {
      scroller.removeEventListener("scroll", measure);
      resized.disconnect();
    };
  }, [element]);
  return place;
}
