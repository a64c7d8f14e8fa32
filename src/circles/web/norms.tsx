/** What everybody in a circle agrees to. */
import norms from "virtual:content/circles/norms";
import style from "./circles.module.css";

/** Kept for all devices of the member: which version they agreed to. */
export const NORMS = "norms";
export const normsVersion = norms.version;

export const acceptedNorms = (kept: unknown): number =>
  Number((kept as { version?: unknown } | null)?.version ?? 0);

export function Norms() {
  return (
    <ol className={style["norms"]}>
      {norms.norms.map(({ id, brief, about }) => (
        <li key={id}>
          <strong>{brief}</strong> {about}
        </li>
      ))}
    </ol>
  );
}
