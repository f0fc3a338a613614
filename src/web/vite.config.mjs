import { defineConfig } from 'vite';

// `npm run dev` shows the page with the data of this server.
const server = process.env.KALIMA_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  // The document has whole paths, before which the server puts that of a proxy (src/app/page.cc); all other files name each
  // other as neighbours.
  experimental: { renderBuiltUrl: (file, { hostType }) => (hostType === 'html' ? `/${file}` : { relative: true }) },
  // As JSX for Preact, without a plugin.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // Files are served one by one, with a content policy that forbids data: in style sheets.
  build: {
    target: ['chrome111', 'firefox128', 'safari17'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    reportCompressedSize: false,
    rollupOptions: {
      output: {
        entryFileNames: 'ui/[name].[hash].js',
        chunkFileNames: 'ui/[name].[hash].js',
        assetFileNames: 'ui/[name].[hash][extname]',
      },
    },
  },
  server: { proxy: { '/api': { target: server, changeOrigin: true } } },
});
