/** The ways back for a device that has nothing any more. */
import type { RestorePorts } from './device-setup';
import { prepareFromCopy } from './restore-from-copy';
import { prepareRestoring } from './restore-from-server';
import type { Restoring } from './workspace';

export const createRestoring = (ports: RestorePorts): Restoring => ({
	prepareFromCopy: (files) => prepareFromCopy(ports, files),
	prepareRestoring: (origin, sheet) => prepareRestoring(ports, origin, sheet)
});
