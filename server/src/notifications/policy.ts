import { WeftError } from '@weft/shared/kit'

/** [ACCESS-3] The same whether there is none, it is somebody else's, or speaks of what one may not see any more. */
export const noNotification = (): WeftError => new WeftError('not-found', 'There is no such notification any more.')

/** [ACCESS-3] As the documents' room says it. */
export const noDocument = (): WeftError =>
  new WeftError('not-found', 'There is no such document, or it is not shared with you.')

export const notPermitted = (): WeftError => new WeftError('not-permitted', 'Your role does not allow that.')
