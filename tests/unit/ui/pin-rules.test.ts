import { expect, it } from 'vitest';
import { pinProblem } from '$lib/ui/components/pin-rules';

it.each(['', '12345', '1234567', '12a456'])('%j is no PIN', (pin) => {
	expect(pinProblem(pin)).toBe('sixDigits');
});

it.each(['111111', '123456', '654321', '890123', '246802'])('%j is the first that anybody tries', (pin) => {
	expect(pinProblem(pin)).toBe('tooSimple');
});

it.each(['204817', '112233', '123457'])('%j may be used', (pin) => {
	expect(pinProblem(pin)).toBeNull();
});
