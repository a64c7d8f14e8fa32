/** The languages that can be picked, as BCP 47 codes; their names come from the device. */
export const LANGUAGES: readonly string[] = (
  "af am ar ase az be bfi bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu ha he hi hr ht hu hy " +
  "id ig is it ja ka kk km kn ko ku ky lo lt lv mk ml mn mr ms mt my nb ne nl pa pl ps pt ro ru rw " +
  "si sk sl so sq sr st sv sw ta te th ti tk tr uk ur uz vi wo xh yo yue zh zu"
).split(" ");
