import type { Locator } from 'playwright-core';

/** How something looks: relative luminance from 0 (black) to 1 (white), as WCAG has it. */
export interface Look {
  text: number;
  /** Of the nearest background that is not see-through. */
  background: number;
  /** From 1 (the same) to 21 (black on white); small text wants 4.5. */
  contrast: number;
}

/** What is needed of the page's own API. */
interface Element {
  parentElement: Element | null;
}
interface Canvas {
  getContext(kind: '2d', options: { willReadFrequently: boolean }): Context;
}
interface Context {
  fillStyle: string;
  clearRect(x: number, y: number, width: number, height: number): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray };
}
declare const document: { createElement(name: 'canvas'): Canvas };
declare function getComputedStyle(element: Element): { color: string; backgroundColor: string };

/** Runs in the page; a canvas makes numbers of every way to write a colour. */
function measure(element: Element): number[][] {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const pixel = (colour: string): number[] => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data].map((part) => part / 255);
  };
  let behind = element;
  const background = (): number[] => pixel(getComputedStyle(behind).backgroundColor);
  while (background()[3] === 0 && behind.parentElement) behind = behind.parentElement;
  return [pixel(getComputedStyle(element).color), background()];
}

/** Measures the text of an element and what is behind it. */
export async function look(target: Locator): Promise<Look> {
  const [text = 0, background = 0] = (await target.evaluate(measure)).map(luminance);
  const [dark, light] = [Math.min(text, background), Math.max(text, background)];
  return { text, background, contrast: (light + 0.05) / (dark + 0.05) };
}

function luminance(parts: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
