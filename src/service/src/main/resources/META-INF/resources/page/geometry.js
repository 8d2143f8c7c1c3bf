// Which way volumes lie in the patient, and how their slices are laid on the screen. Indices are [k, j, i], positions LPS mm.

// Positive and negative direction along each patient axis: x is the left, y the back (posterior), z the head.
const LETTERS = [['L', 'R'], ['P', 'A'], ['H', 'F']];
// A direction further than this share off an axis is named by two letters.
const NOTABLE = 0.26;

const PERMUTATIONS = [[2, 1, 0], [2, 0, 1], [1, 2, 0], [1, 0, 2], [0, 2, 1], [0, 1, 2]];

export function norm(v) {
  return Math.hypot(v[0], v[1], v[2]);
}

/**
 * @param {number[]} direction LPS, any length above 0
 * @returns {string} the patient's directions it points to, the nearest first: "L", "HA" in an oblique orientation
 */
export function letters(direction) {
  const length = norm(direction);
  return [0, 1, 2]
      .map(axis => ({axis, share: Math.abs(direction[axis]) / length}))
      .filter(({share}) => share >= NOTABLE)
      .sort((a, b) => b.share - a.share)
      .map(({axis}) => LETTERS[axis][direction[axis] > 0 ? 0 : 1])
      .join('');
}

/** @returns {number[]} for each array axis k, j, i the patient axis it runs along, none twice, by the largest sum of cosines */
export function patientAxes(steps) {
  let best = PERMUTATIONS[0];
  let bestSum = -1;
  for (const p of PERMUTATIONS) {
    const sum = p.reduce((s, patientAxis, axis) => s + Math.abs(steps[axis][patientAxis]) / norm(steps[axis]), 0);
    if (sum > bestSum + 1e-9) {
      best = p;
      bestSum = sum;
    }
  }
  return best;
}

// What a plane looks along, and what lies at the right and at the bottom of the screen: as radiologists look, the patient's
// left at the right of the screen, the front at the top or at the left, the head at the top.
const PLANES = [
  {name: 'Axial', through: 2, right: [0, 1], down: [1, 1]},
  {name: 'Coronal', through: 1, right: [0, 1], down: [2, -1]},
  {name: 'Sagittal', through: 0, right: [1, 1], down: [2, -1]},
];

/**
 * The three planes of a grid's own axes, each laid on the screen as its nearest patient plane is.
 *
 * @param {{shape: number[], steps: number[][]}} grid
 * @returns {Array<object>} name; through, across and down: array axis, whether it is flipped, length in voxels and mm a voxel;
 *     edges: the letters at the sides of the screen
 */
export function planes(grid) {
  const axes = patientAxes(grid.steps);
  return PLANES.map(plane => {
    const across = line(grid, axes, plane.right);
    const down = line(grid, axes, plane.down);
    return {
      name: plane.name,
      through: line(grid, axes, [plane.through, 1]),
      across,
      down,
      edges: {right: letters(across.direction), left: letters(across.direction.map(v => -v)),
        bottom: letters(down.direction), top: letters(down.direction.map(v => -v))},
    };
  });
}

/**
 * @param {{shape: number[], steps: number[][]}} grid
 * @param {number[]} axes the patient's axis that each array axis is nearest to
 * @param {number[]} towards one of the patient's axes, and the sign along it
 */
function line(grid, axes, [patientAxis, sign]) {
  const axis = axes.indexOf(patientAxis);
  const step = grid.steps[axis];
  const isFlipped = Math.sign(step[patientAxis]) !== sign;
  return {axis, isFlipped, count: grid.shape[axis], mm: norm(step), direction: isFlipped ? step.map(v => -v) : step};
}

/** @returns {number} the array index at a place along a line of the screen, or the other way round: it is its own inverse */
export function along(line, place) {
  return line.isFlipped ? line.count - 1 - place : place;
}
