export { fields, kindOf, seedClientId } from './fields.ts'
export { seedUpdate } from './seed.ts'
export { textWithin } from './textWithin.ts'
export { setTitle, titleOf } from './title.ts'
