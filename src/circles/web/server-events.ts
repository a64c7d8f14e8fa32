/** Server-sent events (WHATWG HTML, section 9.2.6) out of text that comes in pieces. */
export interface ServerEvent {
  readonly event: string;
  readonly data: string;
}

/** Holds what isn't a whole event yet; hand it each piece as it comes. */
export function makeEventReader(): (piece: string) => ServerEvent[] {
  let rest = "";
  let event = "";
  let data: string[] = [];

  const line = (text: string): ServerEvent | null => {
    if (text === "") {
      const whole = data.length === 0 ? null : { event: event || "message", data: data.join("\n") };
      event = "";
      data = [];
      return whole;
    }
    const colon = text.indexOf(":");
    const field = colon === -1 ? text : text.slice(0, colon);
    const value = colon === -1 ? "" : text.slice(colon + 1).replace(/^ /, "");
    if (field === "event") event = value;
    if (field === "data") data.push(value);
    return null;
  };

  return (piece) => {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop()!;
    return lines.map(line).filter((each) => each !== null);
  };
}
