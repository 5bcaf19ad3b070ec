// Checking, completion and JSON run beside the page; the files are built and served with the client like any other.
import '@graphiql/react/setup-workers/vite';
