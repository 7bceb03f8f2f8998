/** The paper receipts are printed on at this counter; remembered, since the printer stays the same. */
export type ReceiptPaper = 'a4' | 'roll';

const SETTING = 'notschalter.receipt-paper';

class ReceiptPaperSetting {
	#paper = $state<ReceiptPaper>(readSetting());

	get current(): ReceiptPaper {
		return this.#paper;
	}
	set current(paper: ReceiptPaper) {
		this.#paper = paper;
		try {
			localStorage.setItem(SETTING, paper);
		} catch {
			// A browser that keeps no settings still obeys for this session.
		}
	}
}

function readSetting(): ReceiptPaper {
	try {
		return localStorage.getItem(SETTING) === 'roll' ? 'roll' : 'a4';
	} catch {
		return 'a4';
	}
}

export const receiptPaper = new ReceiptPaperSetting();
