import type { Form, FieldName } from './form.js';

/** Opens the groups of rarely used fields in which something is set; what is wrong is not at its default. */
export function prepareFolds(form: Form): void {
  const isWrong = (name: FieldName): boolean => form.field(name).classList.contains('input-error');
  for (const fold of form.root.querySelectorAll('details')) {
    const settings = form.settingsIn(fold);
    fold.open = !settings.every((name) => form.isDefault(name));
    fold.addEventListener('toggle', () => {
      // A field that is wrong must not hide.
      if (!fold.open && settings.some(isWrong)) fold.open = true;
    });
  }
}
