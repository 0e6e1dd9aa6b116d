export const announcementsKey = ['announcements'] as const
