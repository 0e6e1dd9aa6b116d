/** A picture is not made so small that nobody finds it again. Percent of the text's width. */
export const smallest = 10
/** By one key. */
const step = 5

/** How wide a picture is shown, in percent, from what stands in the text or what it takes by itself. */
export const sizeOf = (size: number | null, width: number | null, column: number): number =>
  size ?? Math.min(100, width === null || column === 0 ? 100 : Math.round((width / column) * 100))

const bounded = (size: number): number => Math.min(100, Math.max(smallest, Math.round(size)))

/** After a key: to the next multiple of the step, so that two pictures can be made equally wide. */
export const stepped = (size: number, direction: -1 | 1): number =>
  bounded((direction > 0 ? Math.floor(size / step) + 1 : Math.ceil(size / step) - 1) * step)

/**
 * While a handle is dragged by `dx` pixels. In the middle a picture grows on both sides: its edge stays under the pointer
 * only if it grows by twice as much.
 */
export const dragged = (start: number, dx: number, column: number, inMiddle: boolean): number =>
  bounded(start + ((inMiddle ? 2 : 1) * dx * 100) / Math.max(1, column))
