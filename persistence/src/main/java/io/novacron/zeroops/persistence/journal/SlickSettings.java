package io.novacron.zeroops.persistence.journal;

/**
 * What Slick needs to open the database by itself.
 *
 * @param profile the name of Slick's object for this kind of database
 * @param url with all that connections need, but for user and password
 */
public record SlickSettings(String profile, String driver, String url, String user, String password) {
    /** Without the password. */
    @Override
    public String toString() {
        return "SlickSettings[" + profile + ", " + driver + ", " + url + ", " + user + "]";
    }
}
