/** What the first screen of the landing page says. */
export const words = {
  title: "A room for doctors, with a door that closes.",
  lead: "Two honest minutes about how you are. A doctor-coach who has worn the scrubs. One small change at a time. What you write for yourself is locked on your device first; neither your employer nor whoever runs this server can read it.",
  signIn: "Sign in",
  proof: "How we prove it",
  invitation:
    "New here? Joining takes an invitation from your society, programme or group. Open the link in it.",
};
