import type { Locator, Page } from 'playwright-core';

/** Where things are on the page, the same in Node-RED 4 and 5 unless a comment says otherwise. */
export const dom = {
  /** The part of the flow that is in view. */
  workspace: (page: Page): Locator => page.locator('#red-ui-workspace-chart'),

  paletteNode: (page: Page, type: string): Locator =>
    page.locator(`.red-ui-palette-node[data-palette-type="${type}"]`),

  node: (page: Page, id: string): Locator => page.locator(`[id="${id}"]`),

  output: (page: Page, id: string, index: number): Locator =>
    dom.node(page, id).locator('.red-ui-flow-port-output .red-ui-flow-port').nth(index),

  input: (page: Page, id: string): Locator =>
    dom.node(page, id).locator('.red-ui-flow-port-input .red-ui-flow-port'),

  /** The button at the side of an inject or debug node. */
  nodeButton: (page: Page, id: string): Locator =>
    dom.node(page, id).locator('.red-ui-flow-node-button-button'),

  status: (page: Page, id: string): Locator =>
    dom.node(page, id).locator('.red-ui-flow-node-status-label'),

  deploy: (page: Page): Locator => page.locator('#red-ui-header-button-deploy'),

  /** The dialog in front; those behind are not on the page. */
  dialog: (page: Page): Locator => page.locator('.red-ui-tray'),

  configDialog: (page: Page): Locator => page.locator('#node-config-dialog-edit-form'),

  field: (page: Page, property: string): Locator => {
    const ids = [`#node-input-${property}`, `#node-config-input-${property}`];
    const visible = ids.flatMap((id) => [
      `${id}:not(.red-ui-typedInput)`,
      `${id} + .red-ui-typedInput-container .red-ui-typedInput-input`,
    ]);
    return dom.dialog(page).locator(visible.join(', '));
  },

  /** The button that adds a config node to the property of a node. */
  addConfig: (page: Page, property: string): Locator =>
    dom.dialog(page).locator(`#node-input-btn-${property}-add`),

  /** Button of a sidebar tab: beside the tabs in Node-RED 4, at the foot of the page in 5. */
  tabButton: (page: Page, id: string): Locator =>
    page.locator(`#red-ui-tab-${id}-link-button, button[data-tab-id="${id}"]`),

  /** What marks the sidebar tab that shows. */
  openTab: (page: Page, id: string): Locator =>
    page.locator(`#red-ui-tab-${id}.active, button[data-tab-id="${id}"].selected`),

  /** Node-RED 4 has a list of the tabs that have no button. */
  tabList: (page: Page): Locator => page.locator('.red-ui-tab-link-button-menu'),

  tabListEntry: (page: Page, id: string): Locator =>
    page.locator(`[id="red-ui-tabs-menu-option-${id}"]`),

  debugMessages: (page: Page): Locator => page.locator('.red-ui-debug-msg'),
} as const;
