/**
 * What a session costs, as it is typed and as it is read. Amounts are typed the writer's own way, with a
 * point or a comma; they are kept as whole cents, pence or yen.
 */

/** Digits after the point: two for most currencies, none for yen, three for dinars. */
function minorDigits(currency: string): number {
  const { maximumFractionDigits } = currencyFormat(currency, "en").resolvedOptions();
  return maximumFractionDigits ?? 2;
}

/** `25000` USD is "250", `25050` is "250.50". */
export function minorUnitsToAmountText(minorUnits: number, currency: string): string {
  const digits = minorDigits(currency);
  const unit = 10 ** digits;
  return minorUnits % unit === 0
    ? String(minorUnits / unit)
    : `${Math.floor(minorUnits / unit)}.${String(minorUnits % unit).padStart(digits, "0")}`;
}

/**
 * "250", "250.50", "250,50", "1,250" or "1 250,00"; null for what can't be read one way only. Three digits
 * after the last mark are thousands, except in a currency that has three itself.
 */
export function amountTextToMinorUnits(text: string, currency: string): number | null {
  const typed = text.replace(/[\s'’]/g, "");
  const parts = /^(\d+)((?:[.,]\d{3})*)(?:([.,])(\d+))?$/.exec(typed);
  if (parts === null || typed.length > 15) return null;
  const [, first = "", groups = "", mark = "", fraction = ""] = parts;
  const digits = minorDigits(currency);
  if (groups !== "") {
    const groupMarks = new Set(groups.replace(/\d/g, ""));
    if (first.length > 3 || groupMarks.size > 1 || groupMarks.has(mark)) return null;
    if (fraction === "" && digits === 3 && groups.length === 4)
      return Number(first) * 1000 + Number(groups.slice(1));
  }
  if (fraction.length > digits) return null;
  const whole = Number(first + groups.replace(/\D/g, ""));
  return whole * 10 ** digits + Number(fraction.padEnd(digits, "0") || "0");
}

/** "$250" or "£120.50" the reader's way; without the fraction where there is none. */
export function minorUnitsToPriceText(
  minorUnits: number,
  currency: string,
  locale: string | undefined,
): string {
  const unit = 10 ** minorDigits(currency);
  const isWhole = minorUnits % unit === 0;
  return currencyFormat(currency, locale, isWhole ? 0 : undefined).format(minorUnits / unit);
}

function currencyFormat(currency: string, locale: string | undefined, digits?: 0) {
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    ...(digits === undefined
      ? {}
      : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  });
}
