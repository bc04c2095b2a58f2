// Package codebook holds the code lists of Chinese budget classification.
package codebook

// Book is an immutable set of code lists.
type Book struct{}

// Embedded returns the code lists that come with the program.
func Embedded() (*Book, error) { return &Book{}, nil }
