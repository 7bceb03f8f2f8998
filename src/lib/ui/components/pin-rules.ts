/** What a PIN for short breaks must be: six digits, and not the first that anybody tries. */

export function pinProblem(pin: string): 'sixDigits' | 'tooSimple' | null {
	if (!/^\d{6}$/.test(pin)) return 'sixDigits';
	const steps = new Set([...pin].slice(1).map((digit, n) => (Number(digit) - Number(pin[n]) + 10) % 10));
	// All steps alike: 111111, 123456, 890123, 987654, 246802.
	return steps.size === 1 ? 'tooSimple' : null;
}
