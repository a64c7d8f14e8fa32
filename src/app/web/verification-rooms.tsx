/** Hands the ways to be verified the one that identity does not know: the document, sealed to the stewards. */
import { VerificationWay } from "#identity/web/verification-way.tsx";
import { VerificationDocument } from "#stewardship/web/verification-document.tsx";

export function VerificationWayRoom() {
  return <VerificationWay document={<VerificationDocument />} />;
}
