/** Takes whoever pressed the button to the first thing that stops the form, so that it is read out too. */
export function focusFirstFault(form: HTMLFormElement): void {
  // After React has drawn the faults.
  requestAnimationFrame(() => {
    const fault = form.querySelector<HTMLElement>("[aria-invalid=true]");
    const control = fault?.matches("fieldset") ? fault.querySelector<HTMLElement>("input") : fault;
    control?.focus();
  });
}
