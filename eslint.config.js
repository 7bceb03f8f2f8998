/** Rules for the code: those that protect people (no raw HTML, no logging) are errors. */
import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import { configs, config, parser } from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default config(
	{
		ignores: [
			'node_modules/',
			'build/',
			'build-feed/',
			'kit/',
			'feed-data/',
			'.svelte-kit/',
			'data/',
			'test-results/',
			'playwright-report/'
		]
	},
	...configs.recommended,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'no-undef': 'off',
			'no-var': 'error',
			'prefer-const': ['error', { destructuring: 'all' }],
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{ prefer: 'type-imports', fixStyle: 'inline-type-imports' }
			]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser, extraFileExtensions: ['.svelte'], svelteConfig } },
		rules: {
			'svelte/no-at-html-tags': 'error',
			'svelte/no-navigation-without-resolve': 'off',
			// `{' '}` is how a space survives formatting.
			'svelte/no-useless-mustaches': 'off',
			// Sets and maps here are mostly passing values; what is followed is replaced as a whole ($state.raw).
			'svelte/prefer-svelte-reactivity': 'off',
			'prefer-const': 'off',
			'svelte/prefer-const': ['error', { destructuring: 'all' }]
		}
	},
	{ files: ['src/**'], rules: { 'no-console': 'error' } },
	{
		files: ['tests/**/*.ts'],
		rules: {
			'no-restricted-syntax': [
				'error',
				{
					selector:
						"CallExpression[callee.property.name=/^wait(For|Until)$/][callee.object.name='vi'][arguments.length=1]",
					message: 'It gives up after a second, which a busy machine needs for nothing at all: say how long.'
				}
			]
		}
	}
);
