import { expect, it } from 'vitest';
import { transferOf } from '$lib/ui/state/import-transfer';

interface Content {
	readonly files?: readonly File[];
	readonly folder?: boolean;
	readonly text?: string;
	readonly html?: string;
}
const read = ({ files = [], folder = false, text = '', html = '' }: Content, pasted = false) =>
	transferOf(
		{
			files: files as unknown as FileList,
			items: (folder
				? [{ kind: 'file', webkitGetAsEntry: () => ({ isDirectory: true }) }]
				: []) as unknown as DataTransferItemList,
			getData: (type) => (type === 'text/html' ? html : text)
		},
		pasted ? 'nothing-pasted' : 'nothing'
	);
const csv = new File(['a'], 'termine.csv', { type: 'text/csv' });
const image = new File(['a'], 'bild.png', { type: 'image/png' });

it('takes files as they are', () => expect(read({ files: [csv] })).toEqual({ sources: [{ file: csv }] }));

it('takes the cells that Excel copies, not their image', () =>
	expect(read({ files: [image], text: 'a\tb', html: '<table></table>' })).toEqual({
		sources: [{ text: 'a\tb', html: '<table></table>' }]
	}));

it('leaves out images among files, and refuses them alone', () => {
	expect(read({ files: [image, csv] })).toEqual({ sources: [{ file: csv }] });
	expect(read({ files: [image] })).toEqual({ notice: 'image' });
});

it('knows a folder, which looks like a file', () =>
	expect(read({ files: [new File([], 'Termine')], folder: true })).toEqual({ notice: 'folder' }));

it('says when there was nothing', () => {
	expect(read({})).toEqual({ notice: 'nothing' });
	expect(read({ text: '  ' }, true)).toEqual({ notice: 'nothing-pasted' });
});
