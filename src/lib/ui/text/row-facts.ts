/** What a row of a list says beside its own fields: matter, deadline, counter. */
import { newestForm } from '$lib/domain/forms/catalog';
import type { RequestRow } from '$lib/domain/request';
import type { DeviceInfo } from '$lib/services/workspace';
import { requestListText as text } from './requests';
import { isolated } from './isolated';

export const matterOf = (formId: string): string => newestForm(formId)?.title ?? text.unknownForm;

/** Only the word: „unverzüglich“; the paragraph stands on the request's own page. */
export const deadlineOf = (formId: string): string => newestForm(formId)?.deadline?.replace(/ ?[(;].*$/, '') ?? '';

export const counterOf = (row: Pick<RequestRow, 'deviceId'>, devices: readonly DeviceInfo[]): string =>
	isolated(devices.find(({ deviceId }) => deviceId === row.deviceId)?.counter || text.unknownCounter);

export const nameOrNone = (row: Pick<RequestRow, 'name'>): string => isolated(row.name) || text.noName;
