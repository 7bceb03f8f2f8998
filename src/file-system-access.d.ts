/** The File System Access API beyond OPFS: in Chromium only, and not in TypeScript's library. */
interface Window {
	showSaveFilePicker?: (options: { id?: string; suggestedName?: string }) => Promise<FileSystemFileHandle>;
	showDirectoryPicker?: (options: {
		readonly id: string;
		readonly mode: 'readwrite';
	}) => Promise<FileSystemDirectoryHandle>;
}

interface FileSystemHandle {
	queryPermission?: (descriptor: { readonly mode: 'readwrite' }) => Promise<PermissionState>;
	requestPermission?: (descriptor: { readonly mode: 'readwrite' }) => Promise<PermissionState>;
}
