/** Several lines from a list or a spreadsheet → rows of the vehicle table. */

type Typed = { [fieldId: string]: string };

const VIN = /^[0-9A-HJ-NPR-Z]{17}$/i;

/**
 * Null when the text is one plain value. Cells between tabs or semicolons fill the columns from the one pasted into;
 * a line of one cell is a FIN if it looks like one, whatever column it was pasted into.
 */
export function readPastedVehicles(text: string, fieldIds: readonly string[], startId: string): Typed[] | null {
	const lines = text
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter((line) => line !== '');
	if (lines.length < 2 && !/[\t;]/.test(lines[0] ?? '')) return null;
	const start = Math.max(0, fieldIds.indexOf(startId));
	return lines.map((line) => {
		const cells = line.split(/[\t;]/).map((cell) => cell.trim());
		if (cells.length === 1) return { [columnOf(line, fieldIds, startId)]: line };
		return Object.fromEntries(
			cells.flatMap((cell, index) => {
				const id = fieldIds[start + index];
				return id === undefined || cell === '' ? [] : [[id, cell] as const];
			})
		);
	});
}

function columnOf(cell: string, fieldIds: readonly string[], startId: string): string {
	const isVin = VIN.test(cell.replaceAll(' ', ''));
	if (isVin && fieldIds.includes('vin')) return 'vin';
	if (!isVin && startId === 'vin' && fieldIds.includes('plate')) return 'plate';
	return startId;
}
