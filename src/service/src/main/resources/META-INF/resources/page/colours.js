// Colours that the colour-blind tell apart, after Okabe and Ito; the structures' own come with the model package.

// Reddish purple, growing denser: one hue, so that more is always more.
const UNCERTAIN = [204, 121, 167];
const DENSEST = 0.9;

/** Writes the colour of an uncertainty, a share of the highest, to rgba[at..at+3]. */
export function uncertaintyColour(share, rgba, at) {
  rgba[at] = UNCERTAIN[0];
  rgba[at + 1] = UNCERTAIN[1];
  rgba[at + 2] = UNCERTAIN[2];
  rgba[at + 3] = Math.round(255 * DENSEST * Math.min(1, share));
}
