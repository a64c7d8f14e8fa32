/** The currencies a session can be priced in, ISO 4217; their names come from the device. */
export const CURRENCIES: readonly string[] = (
  "USD EUR GBP CAD AUD NZD CHF INR AED ARS BDT BRL BWP CLP CNY COP CZK DKK EGP ETB GHS HKD HUF IDR " +
  "ILS ISK JPY KES KRW KWD LKR MAD MXN MYR NGN NOK NPR PEN PHP PKR PLN QAR RON RWF SAR SEK SGD THB " +
  "TRY TWD TZS UAH UGX VND ZAR"
).split(" ");
