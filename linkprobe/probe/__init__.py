"""The executors: each looks at one thing and writes down what it saw, never what it means."""
