// Where elements are looked for: on all of the page, or within another one in a part of it.
export const root = document;
