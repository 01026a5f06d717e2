import type { Form } from './form.js';

/** The choice between an owserver and the simulated bus; it is saved as a yes or no. */
export function prepareChoice(form: Form): void {
  const saved = $(form.field('simulator'));
  const radios = form.part('kinds').querySelectorAll('input');
  const show = (): void => {
    const kind = saved.prop('checked') === true ? 'simulator' : 'owserver';
    for (const radio of radios) radio.checked = radio.value === kind;
    form.part('address').hidden = kind === 'simulator';
  };
  for (const radio of radios) {
    radio.addEventListener('change', () => {
      saved.prop('checked', radio.value === 'simulator').trigger('change');
    });
  }
  saved.on('change', show);
  show();
}
