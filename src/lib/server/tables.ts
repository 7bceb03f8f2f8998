/** Tables as Kysely sees them. Ids are 32 hex digits, times and sequence numbers 64-bit integers, lists JSON text. */

export interface Tables {
	spaces: {
		space_id: string;
		founded_at: number;
		tips: string;
		revoked: string;
		record_count: number;
		/** Updated first in every writing transaction: on PostgreSQL this locks the space's row. */
		writes: number;
	};
	keyring_records: {
		space_id: string;
		record_id: string;
		position: number;
		bytes: Uint8Array;
		signature: Uint8Array;
	};
	devices: {
		space_id: string;
		device_id: string;
		public_key: Uint8Array;
		enrolled_at: number;
		/** The device's head; kept with the segments in one transaction. */
		sequence: number;
		chain_value: Uint8Array;
		beyond: string;
		/** 1: a second history under this id was met. */
		forked: number;
		/** When it last exchanged, as far as that was noted. */
		contact_at: number | null;
	};
	segments: {
		space_id: string;
		device_id: string;
		first_sequence: number;
		last_sequence: number;
		chain_before: Uint8Array;
		chain_after: Uint8Array;
		header: Uint8Array;
		sealed: Uint8Array;
		staff_signature: Uint8Array;
		signature: Uint8Array;
		size_bytes: number;
		received_at: number;
	};
	/** Sealed attachments: a later issue. */
	blobs: {
		space_id: string;
		blob_id: string;
		sealed: Uint8Array;
		received_at: number;
	};
	/** These three are looked up before a space is known: small, and on every node of a distributed database. */
	enrolment_codes: {
		code_hash: string;
		kind: string;
		made_at: number;
		used_at: number | null;
		used_by_space_id: string | null;
	};
	join_packages: {
		package_hash: string;
		space_id: string;
		sealed: Uint8Array;
		uses_left: number;
		expires_at: number;
	};
	join_package_uses: {
		package_hash: string;
		device_id: string;
		used_at: number;
	};
	server_state: {
		name: string;
		value: string;
	};
}
