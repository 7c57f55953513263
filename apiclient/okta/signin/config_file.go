package signin

import (
	"errors"
	"strings"

	"go.yaml.in/yaml/v3"

	"msgsso-wizard/apiclient"
)

// maxFile is the size of the largest file that is read, in bytes.
const maxFile = 64 << 10

// FileConfig is what Okta's tools keep about an org. What the file does not tell is empty.
type FileConfig struct {
	OrgURL   string
	Token    apiclient.Secret // an API token (SSWS)
	ClientID string
	KeyID    string
	Key      apiclient.Secret // as ServiceAppConfig takes it, also the path of its file
}

// ConfigFile reads a file in the format of okta-cli and Okta's SDKs (contract okta.md 3.4), whose values are as they stand
// there. It only reads, and nothing of the file's text is in an error. A file that is not there is fs.ErrNotExist.
func ConfigFile(path string) (FileConfig, error) {
	data, err := apiclient.ReadFile(path, "the Okta configuration file", maxFile)
	if err != nil {
		return FileConfig{}, err
	}
	var file struct {
		Okta struct {
			Client struct {
				OrgURL       string `yaml:"orgUrl"`
				Token        string `yaml:"token"`
				ClientID     string `yaml:"clientId"`
				PrivateKey   string `yaml:"privateKey"`
				PrivateKeyID string `yaml:"privateKeyId"`
			} `yaml:"client"`
		} `yaml:"okta"`
	}
	// The parser's own words quote the file.
	if yaml.Unmarshal(data, &file) != nil {
		return FileConfig{}, errors.New("the Okta configuration file isn't YAML as Okta's tools write it")
	}
	client := file.Okta.Client
	return FileConfig{
		OrgURL: apiclient.Clean(strings.TrimSpace(client.OrgURL)), Token: apiclient.NewSecret(client.Token),
		ClientID: client.ClientID, KeyID: client.PrivateKeyID, Key: apiclient.NewSecret(client.PrivateKey),
	}, nil
}
