// One slice on a canvas: image, uncertainty, outlines, and what says which way the patient lies.

import {along} from './geometry.js';
import {slice} from './slices.js';
import {outline} from './contours.js';
import {uncertaintyColour} from './colours.js';

const MARGIN = 26;
const TEXT = '#f2f2f2';
const HALO = 'rgba(0, 0, 0, 0.75)';
const CROSSHAIR = 'rgba(255, 255, 255, 0.35)';
const GAP = 14;
const BAR_MM = 10;
/** Least distance of the dots of an outline that is not to be relied on. */
const DOTS_PX = 9;

/** Where the places of a slice are on the canvas; voxel centres have whole coordinates. */
class Fit {
  constructor(plane, width, height) {
    const {across, down} = plane;
    const scale = Math.min((width - 2 * MARGIN) / (across.count * across.mm), (height - 2 * MARGIN) / (down.count * down.mm));
    this.pxPerMm = Math.max(scale, 0.01);
    this.dx = across.mm * this.pxPerMm;
    this.dy = down.mm * this.pxPerMm;
    this.left = (width - across.count * this.dx) / 2;
    this.top = (height - down.count * this.dy) / 2;
  }

  x(column) {
    return this.left + (column + 0.5) * this.dx;
  }

  y(row) {
    return this.top + (row + 0.5) * this.dy;
  }
}

export class View {
  #canvas;
  #context;
  #pixels = document.createElement('canvas');
  #onMove;
  #fit = null;
  #plane = null;
  #position = null;

  /** @param {HTMLCanvasElement} canvas; @param {(position: number[]) => void} onMove told of another [k, j, i] */
  constructor(canvas, onMove) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d', {alpha: false});
    this.#onMove = onMove;
    canvas.addEventListener('pointerdown', event => this.#point(event));
    canvas.addEventListener('pointermove', event => event.buttons && this.#point(event));
    canvas.addEventListener('wheel', event => this.#wheel(event), {passive: false});
    canvas.addEventListener('keydown', event => this.#key(event));
  }

  /**
   * @param {object} picture message of a result, plane, position [k, j, i], levels {black, white}, showsLabels, showsUncertainty,
   *     showsOpinion, isFirstLook, distrusted (set of labels)
   */
  draw(picture) {
    this.#plane = picture.plane;
    this.#position = picture.position;
    const size = this.#resize();
    this.#fit = new Fit(picture.plane, size.width, size.height);
    const c = this.#context;
    c.fillStyle = '#000';
    c.fillRect(0, 0, size.width, size.height);
    this.#image(picture);
    if (picture.showsLabels && picture.showsUncertainty) {
      this.#uncertainty(picture);
    }
    this.#crosshair();
    if (picture.showsLabels && picture.showsOutlines) {
      this.#outlines(picture);
    }
    if (picture.showsLabels && picture.showsOpinion) {
      this.#opinion(picture);
    }
    this.#letters(size);
    this.#caption(picture, size);
  }

  clear() {
    const size = this.#resize();
    this.#context.fillStyle = '#000';
    this.#context.fillRect(0, 0, size.width, size.height);
    this.#fit = null;
  }

  #resize() {
    const ratio = window.devicePixelRatio || 1;
    const width = this.#canvas.clientWidth;
    const height = this.#canvas.clientHeight;
    const [w, h] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
    if (this.#canvas.width !== w || this.#canvas.height !== h) {
      this.#canvas.width = w;
      this.#canvas.height = h;
    }
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
    return {width, height};
  }

  get #index() {
    return this.#position[this.#plane.through.axis];
  }

  #image({message, levels}) {
    const {slope, intercept} = message.metadata.image;
    const plane = slice(message.blocks.image, [0, 0, 0], this.#plane, this.#index, 0);
    const gain = 255 * slope / Math.max(levels.white - levels.black, Number.MIN_VALUE);
    const shift = 255 * (intercept - levels.black) / Math.max(levels.white - levels.black, Number.MIN_VALUE);
    this.#paint(plane, (value, rgba, at) => {
      const grey = gain * value + shift;
      rgba[at] = rgba[at + 1] = rgba[at + 2] = grey;
      rgba[at + 3] = 255;
    });
  }

  #uncertainty({message}) {
    const {notComputed} = message.metadata.uncertainty;
    const {from, shape} = message.metadata.box;
    const plane = slice(message.blocks.uncertainty, from, this.#plane, this.#index, notComputed);
    this.#paint(plane, (value, rgba, at) => {
      if (value !== notComputed) {
        uncertaintyColour(value / (notComputed - 1), rgba, at);
      }
    });
    this.#frame(from, shape);
  }

  /** Around what was computed: beyond it the picture says nothing. */
  #frame(from, shape) {
    const {across, down} = this.#plane;
    const ends = line => [along(line, from[line.axis]), along(line, from[line.axis] + shape[line.axis] - 1)];
    const [x0, x1] = ends(across).sort((a, b) => a - b);
    const [y0, y1] = ends(down).sort((a, b) => a - b);
    const c = this.#context;
    c.setLineDash([3, 5]);
    c.lineWidth = 1;
    c.strokeStyle = 'rgba(255, 255, 255, 0.5)';
    c.strokeRect(this.#fit.x(x0 - 0.5), this.#fit.y(y0 - 0.5), (x1 - x0 + 1) * this.#fit.dx, (y1 - y0 + 1) * this.#fit.dy);
    c.setLineDash([]);
  }

  #paint({width, height, values}, colour) {
    this.#pixels.width = width;
    this.#pixels.height = height;
    const c = this.#pixels.getContext('2d');
    const data = c.createImageData(width, height);
    for (let x = 0; x < values.length; x++) {
      colour(values[x], data.data, 4 * x);
    }
    c.putImageData(data, 0, 0);
    this.#context.imageSmoothingQuality = 'medium';
    this.#context.drawImage(this.#pixels, this.#fit.left, this.#fit.top, width * this.#fit.dx, height * this.#fit.dy);
  }

  #outlines({message, isFirstLook, distrusted}) {
    const labels = slice(message.blocks.labels, message.metadata.box.from, this.#plane, this.#index, 0);
    for (const {label, colour} of message.metadata.structures) {
      const segments = outline(labels, label);
      if (distrusted.has(label)) {
        this.#dotted(segments, colour);
        continue;
      }
      const path = this.#path(segments);
      const c = this.#context;
      c.lineCap = 'round';
      c.lineWidth = 5;
      c.strokeStyle = HALO;
      c.stroke(path);
      c.lineCap = isFirstLook ? 'butt' : 'round';
      c.lineWidth = 2.5;
      c.strokeStyle = colour;
      c.stroke(path);
      if (isFirstLook) {
        this.#dots(path);
      }
    }
  }

  /** Dots apart and a question mark: no line, where none is to be relied on, whatever the colours are. */
  #dotted(segments, colour) {
    const step = Math.max(1, Math.ceil(DOTS_PX / Math.min(this.#fit.dx, this.#fit.dy)));
    const halo = new Path2D();
    const dots = new Path2D();
    let top = {column: 0, row: Infinity};
    for (let s = 0; s < segments.length; s += 4) {
      const [column, row] = [(segments[s] + segments[s + 2]) / 2, (segments[s + 1] + segments[s + 3]) / 2];
      if ((Math.floor(column) + Math.floor(row)) % step === 0) {
        const [x, y] = [this.#fit.x(column), this.#fit.y(row)];
        dot(halo, x, y, 3.5);
        dot(dots, x, y, 2);
      }
      top = row < top.row ? {column, row} : top;
    }
    this.#context.fillStyle = HALO;
    this.#context.fill(halo);
    this.#context.fillStyle = colour;
    this.#context.fill(dots);
    if (top.row < Infinity) {
      this.#context.font = '700 22px system-ui, sans-serif';
      this.#context.textBaseline = 'middle';
      this.#text('?', this.#fit.x(top.column), this.#fit.y(top.row) - 16, 'center');
    }
  }

  /** Where the network itself sees the structures: thin, so that nobody takes it for what was carried. */
  #opinion({message}) {
    const labels = slice(message.blocks.outline, message.metadata.box.from, this.#plane, this.#index, 0);
    for (const {label, colour} of message.metadata.structures) {
      const path = this.#path(outline(labels, label));
      const c = this.#context;
      c.lineCap = 'round';
      c.lineWidth = 2.5;
      c.strokeStyle = HALO;
      c.stroke(path);
      c.lineWidth = 1;
      c.strokeStyle = colour;
      c.stroke(path);
    }
  }

  #path(segments) {
    const path = new Path2D();
    for (let s = 0; s < segments.length; s += 4) {
      path.moveTo(this.#fit.x(segments[s]), this.#fit.y(segments[s + 1]));
      path.lineTo(this.#fit.x(segments[s + 2]), this.#fit.y(segments[s + 3]));
    }
    return path;
  }

  /** Each short segment is broken in its middle: a broken line whatever the colours are. */
  #dots(path) {
    const c = this.#context;
    const short = Math.min(this.#fit.dx, this.#fit.dy) * 0.35;
    c.save();
    c.setLineDash([short, short * 1.2]);
    c.lineDashOffset = -short;
    c.lineWidth = 3;
    c.strokeStyle = '#000';
    c.stroke(path);
    c.restore();
  }

  #crosshair() {
    const {across, down} = this.#plane;
    const x = this.#fit.x(along(across, this.#position[across.axis]));
    const y = this.#fit.y(along(down, this.#position[down.axis]));
    const right = this.#fit.left + across.count * this.#fit.dx;
    const bottom = this.#fit.top + down.count * this.#fit.dy;
    const c = this.#context;
    c.strokeStyle = CROSSHAIR;
    c.lineWidth = 1;
    c.beginPath();
    for (const [x1, y1, x2, y2] of [[this.#fit.left, y, x - GAP, y], [x + GAP, y, right, y],
      [x, this.#fit.top, x, y - GAP], [x, y + GAP, x, bottom]]) {
      c.moveTo(x1, y1);
      c.lineTo(x2, y2);
    }
    c.stroke();
  }

  #letters({width, height}) {
    const {left, right, top, bottom} = this.#plane.edges;
    const c = this.#context;
    c.font = '700 20px system-ui, sans-serif';
    c.textBaseline = 'middle';
    this.#text(left, 6, height / 2, 'left');
    this.#text(right, width - 6, height / 2, 'right');
    this.#text(top, width / 2, 14, 'center');
    this.#text(bottom, width / 2, height - 13, 'center');
  }

  #caption({plane}, {width, height}) {
    const c = this.#context;
    const isNarrow = width < 340;
    c.font = `${isNarrow ? 13 : 15}px system-ui, sans-serif`;
    this.#text(`${plane.name}  ${this.#index + 1} / ${plane.through.count}`, 8, isNarrow ? 36 : 14, 'left');
    const bar = BAR_MM * this.#fit.pxPerMm;
    this.#text(`${BAR_MM} mm`, width - 10, height - 26, 'right');
    c.fillStyle = TEXT;
    c.fillRect(width - 10 - bar, height - 14, bar, 3);
  }

  #text(text, x, y, align) {
    const c = this.#context;
    c.textAlign = align;
    c.lineWidth = 4;
    c.strokeStyle = HALO;
    c.strokeText(text, x, y);
    c.fillStyle = TEXT;
    c.fillText(text, x, y);
  }

  #point(event) {
    if (!this.#fit) {
      return;
    }
    const {across, down} = this.#plane;
    const position = [...this.#position];
    position[across.axis] = along(across, place(event.offsetX, this.#fit.left, this.#fit.dx, across.count));
    position[down.axis] = along(down, place(event.offsetY, this.#fit.top, this.#fit.dy, down.count));
    this.#onMove(position);
  }

  #wheel(event) {
    event.preventDefault();
    this.#turn(Math.sign(event.deltaY));
  }

  #key(event) {
    const steps = {ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 5, PageDown: -5};
    if (steps[event.key]) {
      event.preventDefault();
      this.#turn(steps[event.key]);
    }
  }

  #turn(slices) {
    if (!this.#fit) {
      return;
    }
    const {through} = this.#plane;
    const position = [...this.#position];
    position[through.axis] = Math.max(0, Math.min(through.count - 1, this.#index + slices));
    this.#onMove(position);
  }
}

function dot(path, x, y, radius) {
  path.moveTo(x + radius, y);
  path.arc(x, y, radius, 0, 2 * Math.PI);
}

function place(px, start, size, count) {
  return Math.max(0, Math.min(count - 1, Math.floor((px - start) / size)));
}
