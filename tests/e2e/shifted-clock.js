/** Loaded before a server (`node --import`): its clock is off by CLOCK_OFFSET_MS. */
const offsetMs = Number(process.env['CLOCK_OFFSET_MS']);
const TrueDate = Date;

globalThis.Date = new Proxy(TrueDate, {
	construct: (target, args, newTarget) =>
		Reflect.construct(target, args.length > 0 ? args : [TrueDate.now() + offsetMs], newTarget),
	get: (target, name, receiver) =>
		name === 'now' ? () => TrueDate.now() + offsetMs : Reflect.get(target, name, receiver)
});
