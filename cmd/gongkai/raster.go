package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"gongkai/export/inspect"
)

// painter is poppler's program that paints pages.
const painter = "pdftoppm"

// paintedResolution is that of the pictures behind the pages (dots an inch): text
// of six points stays legible, and 300 pages stay small.
const paintedResolution = 80

// paintPages paints the pages of a document. What cannot be painted has no picture.
func (s *session) paintPages(in input) (map[int]inspect.Picture, error) {
	program, err := exec.LookPath(painter)
	if err != nil {
		return nil, &commandError{exitUsage, "--raster needs " + painter, "install poppler-utils, or leave out --raster"}
	}
	got, failure := in.read(s.patience.quit, validators{})
	if failure != nil {
		return nil, nil // the report says why
	}
	folder, err := os.MkdirTemp("", "gongkai-raster-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	limited := s.patience.quit
	if s.options.Timeout > 0 {
		var cancel context.CancelFunc
		limited, cancel = context.WithTimeout(limited, s.options.Timeout)
		defer cancel()
	}
	arguments := []string{"-jpeg", "-jpegopt", "quality=60", "-r", strconv.Itoa(paintedResolution)}
	if s.options.Password != "" {
		arguments = append(arguments, "-upw", s.options.Password)
	}
	command := exec.CommandContext(limited, program, append(arguments, "-", filepath.Join(folder, "p"))...)
	command.Stdin = bytes.NewReader(got.bytes)
	if err := command.Run(); err != nil {
		s.report.warn(fmt.Sprintf("%s: %v", painter, err), "pages without a picture are redrawn only")
	}
	return readPictures(folder)
}

// readPictures reads p-01.jpg, p-02.jpg … by page number.
func readPictures(folder string) (map[int]inspect.Picture, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	pictures := make(map[int]inspect.Picture, len(entries))
	for _, entry := range entries {
		digits := strings.TrimSuffix(strings.TrimPrefix(entry.Name(), "p-"), ".jpg")
		number, err := strconv.Atoi(digits)
		if err != nil {
			continue
		}
		content, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err != nil {
			return nil, err
		}
		pictures[number] = inspect.Picture{Type: "image/jpeg", Bytes: content}
	}
	return pictures, nil
}
