export const PAGER = Symbol('pager');
