import { PushSubscriptionInput } from '@weft/shared/notifications'
import { notificationsApi } from '../api.ts'

/**
 * Whether this browser is pushed to. `insecure`: plain HTTP, where browsers have no push; `unsupported`: this one has
 * none, or our worker is not in it; `denied`: the person has said no, which only they can take back.
 */
export type PushState = 'insecure' | 'unsupported' | 'denied' | 'off' | 'on'

async function registrationHere(): Promise<ServiceWorkerRegistration | undefined> {
  if (!('serviceWorker' in navigator) || !('PushManager' in window)) return undefined
  return navigator.serviceWorker.getRegistration()
}

export async function pushState(): Promise<PushState> {
  if (!window.isSecureContext) return 'insecure'
  const registration = await registrationHere()
  if (registration === undefined || !('Notification' in window)) return 'unsupported'
  if (Notification.permission === 'denied') return 'denied'
  return (await registration.pushManager.getSubscription()) === null ? 'off' : 'on'
}

/** Asks the person, then the browser, then tells the server. Resolves with what it has come to. */
export async function switchPushOn(): Promise<PushState> {
  if ((await Notification.requestPermission()) !== 'granted') return pushState()
  const registration = await registrationHere()
  if (registration === undefined) return 'unsupported'
  const { publicKey } = await notificationsApi.push.key()
  // One that was made for another server's key would be refused.
  await (await registration.pushManager.getSubscription())?.unsubscribe()
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  })
  try {
    await notificationsApi.push.subscribe(PushSubscriptionInput.parse(subscription.toJSON()))
  } catch (error) {
    await subscription.unsubscribe()
    throw error
  }
  return 'on'
}

/** This browser is pushed to no more, whether the server hears of it now or when it tries. */
export async function switchPushOff(): Promise<PushState> {
  const subscription = await (await registrationHere())?.pushManager.getSubscription()
  if (!subscription) return pushState()
  const { endpoint } = subscription
  await subscription.unsubscribe()
  await notificationsApi.push.unsubscribe({ endpoint }).catch(() => undefined)
  return 'off'
}

/** After signing out: the next person in this browser does not get what was meant for this one. */
export async function forgetPush(): Promise<void> {
  const subscription = await (await registrationHere())?.pushManager.getSubscription()
  await subscription?.unsubscribe()
}
