// The slice is being built.
