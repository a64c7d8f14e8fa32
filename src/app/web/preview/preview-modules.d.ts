/** Made by bin/command/content-preview.ts while it runs. */
declare module "virtual:preview" {
  interface PreviewFinding {
    readonly line: number;
    readonly rule: string;
    readonly message: string;
  }
  /** Null where the file is so broken that there is nothing to show. */
  export const id: string | null;
  export const findings: readonly PreviewFinding[];
}
