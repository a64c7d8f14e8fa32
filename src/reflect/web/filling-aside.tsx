/** A quiet line about what was begun before, with the one thing to do about it. */
import style from "./filling.module.css";

export interface Aside {
  readonly text: string;
  readonly action: string;
  readonly onAct: () => void;
}

export function AsideLine({ aside }: { readonly aside: Aside | undefined }) {
  return (
    <div role="status">
      {aside !== undefined && (
        <p className={style["aside"]}>
          {aside.text}{" "}
          <button type="button" className={style["asideAction"]} onClick={aside.onAct}>
            {aside.action}
          </button>
        </p>
      )}
    </div>
  );
}
