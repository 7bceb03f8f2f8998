/** The ways back for a device that has nothing any more. */
import type { SetupPorts } from './device-setup';
import { prepareRestoring } from './restore-from-server';
import type { Restoring } from './workspace';

export const createRestoring = (ports: SetupPorts): Restoring => ({
	prepareRestoring: (origin, sheet) => prepareRestoring(ports, origin, sheet)
});
