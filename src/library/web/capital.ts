/** Content words what people pick so that it can be quoted inside a sentence; alone in a line it begins one. */
export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);
