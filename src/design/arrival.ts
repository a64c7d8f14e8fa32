/**
 * A screen that opens in a field: the field takes the focus, and the screen's heading is tied to it, so that
 * a screen reader still says where one has arrived.
 */
import { createContext, useContext, useEffect } from "react";

/** The id of the heading of the page all this stands on. */
export const HeadingContext = createContext<string | undefined>(undefined);

/** Answers what the field has to be described by, besides its own parts. */
export function useArrivalInField(id: string, arrival: boolean | undefined): string | undefined {
  const heading = useContext(HeadingContext);
  useEffect(() => {
    if (arrival === true) document.getElementById(id)?.focus();
  }, [id, arrival]);
  return arrival === true ? heading : undefined;
}

/**
 * The `ref` of a form that is filled in once, from top to bottom: Enter in a line of text goes on to the next
 * field, and from the last one sends the form.
 */
export function enterGoesOn(form: HTMLFormElement | null): (() => void) | undefined {
  const listen = (event: KeyboardEvent) => {
    if (form === null || event.key !== "Enter" || event.isComposing || !isLine(event.target))
      return;
    const controls = [...form.querySelectorAll("input:not([hidden])")].filter(isStop);
    const next = controls[controls.indexOf(event.target) + 1];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  };
  form?.addEventListener("keydown", listen);
  return () => form?.removeEventListener("keydown", listen);
}

/** Of several radios one is a stop, as with the tab key: the one that is picked, or the first. */
function isStop(control: Element): control is HTMLInputElement {
  if (!(control instanceof HTMLInputElement)) return false;
  if (control.type !== "radio") return true;
  const group = [...control.form!.querySelectorAll<HTMLInputElement>("input[type=radio]")].filter(
    ({ name }) => name === control.name,
  );
  return control === (group.find(({ checked }) => checked) ?? group[0]);
}

const isLine = (target: EventTarget | null): target is HTMLInputElement =>
  target instanceof HTMLInputElement && !["radio", "checkbox", "file"].includes(target.type);
