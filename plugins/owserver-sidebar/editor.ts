import shared from '../../editor/style.css';
import { addStyle, element } from '../../editor/kit/dom.js';
import { say } from './words.js';
import { Sidebar } from './sidebar.js';
import css from './sidebar.css';
import { takeDrops } from './drag-and-drop.js';

const TAB = 'owserver-sidebar';

RED.plugins.registerPlugin('owserver-sidebar', {
  onadd: () => {
    addStyle('ow-style', shared);
    addStyle('ow-sidebar-style', css);
    const action = 'owserver:show-sidebar';
    RED.actions.add(action, () => RED.sidebar.show(TAB));
    RED.sidebar.addTab({
      id: TAB,
      label: say('tab'),
      name: say('tab'),
      iconClass: 'fa fa-thermometer-half',
      content: element('div', { class: 'ow-sidebar-content' }, new Sidebar().element),
      action,
      pinned: true,
      enableOnEdit: true,
    });
    takeDrops();
  },
});
