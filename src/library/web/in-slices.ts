/** Does long work without holding up the page: a few milliseconds at a time, with room for taps in between. */

/** Half a frame of a phone, so that drawing has the other half. */
const SLICE_MS = 6;

/** `onSlice` is called between slices and at the end. Resolves when all is done, or when it was called off. */
export async function inSlices<Item>(
  items: Iterable<Item>,
  take: (item: Item) => void,
  isCalledOff: () => boolean,
  onSlice?: () => void,
): Promise<void> {
  let sliceEnds = performance.now() + SLICE_MS;
  for (const item of items) {
    if (isCalledOff()) return;
    take(item);
    if (performance.now() < sliceEnds) continue;
    onSlice?.();
    await rest();
    sliceEnds = performance.now() + SLICE_MS;
  }
  onSlice?.();
}

const rest = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
