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
	Key      apiclient.Secret // PEM or JSON Web Key, as ServiceAppConfig takes it
	KeyFile  string           // where the file names the key's own file in its place
}

// ConfigFile reads a file in the format of okta-cli and Okta's SDKs (contract okta.md 3.4). It only reads, and nothing of
// the file's text is in an error. A file that is not there is fs.ErrNotExist.
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
	config := FileConfig{
		OrgURL:   apiclient.Clean(strings.TrimSpace(client.OrgURL)),
		Token:    apiclient.NewSecret(strings.TrimSpace(client.Token)),
		ClientID: apiclient.Clean(strings.TrimSpace(client.ClientID)),
		KeyID:    apiclient.Clean(strings.TrimSpace(client.PrivateKeyID)),
	}
	// Okta's tools take the key itself or the path of its file.
	if key := strings.TrimSpace(client.PrivateKey); strings.HasPrefix(key, "{") || strings.Contains(key, "-----BEGIN ") {
		config.Key = apiclient.NewSecret(key)
	} else {
		config.KeyFile = apiclient.Clean(key)
	}
	return config, nil
}
