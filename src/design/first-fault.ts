/** Takes whoever pressed the button to the first thing that is missing or wrong, so that it is read out too. */
export function focusFirstFault(form: HTMLFormElement): void {
  // After React has drawn the faults.
  requestAnimationFrame(() => {
    const fault = form.querySelector<HTMLElement>("[aria-invalid=true]");
    // A group of radios is wrong as a whole and takes the focus in its first.
    (fault?.matches("fieldset") === true ? fault.querySelector("input") : fault)?.focus();
  });
}
