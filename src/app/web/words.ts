/** The words of the shell. The landing page's and the promises' lie apart, to be fetched when read. */
export const words = {
  name: "Callroom",
  skip: "Skip to the content",
  loading: "One moment",
  rooms: "Rooms",
  today: "Today",
  reflect: "Reflect",
  plan: "Plan",
  coach: "Coach",
  circles: "Circles",
  learn: "Learn",
  account: "Account",
  signIn: "Sign in",
  promises: "Promises",
  source: "Source of what runs here",
  crisis: "Crisis lines",
  cover: "Cover",
  coverLong: "Cover the screen",

  curtain: {
    label: "Covered",
    back: "Continue",
  },

  offline: "No connection. Pages, drafts and the crisis lines still work; the rest waits.",
  newVersion: "A newer version is ready.",
  takeNewVersion: "Reload now",

  shortcuts: {
    title: "Keys",
    show: "Keyboard shortcuts",
    cover: "Cover the screen",
    showThese: "Show this list",
    go: (room: string) => `Go to ${room}`,
    between: "then",
    single: "Use single-letter keys",
    singleHint: "Switch them off if you dictate. Escape twice always works.",
  },

  footer: {
    free: "Free software under the AGPL, version 3 or later.",
    not: "Not therapy, not a health record.",
  },

  notFound: {
    title: "Nothing here",
    lead: "The address leads nowhere, or to something that is not yours to open.",
    action: "To the start",
  },
  mishap: {
    title: "This page did not open",
    lead: "It is our fault or the network's, not yours. What you saved is safe.",
    action: "Try again",
  },
};
