// Package opentofu writes a setup as files for OpenTofu: its objects as resources, each with the block that imports it. It
// gets everything it needs and calls no service. The rules are those that were proven with the providers (contract
// opentofu.md).
package opentofu
