"""Sound files become PCM: every usual kind, exactly as long as they are, in any thread."""

from __future__ import annotations

import base64
import shutil
import struct
import threading
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QThread

from app.domain.cues import Cue, CueKind
from app.domain.errors import SoundError
from app.sound.cue_set import CueSet
from app.sound.decoding import DecodingError, decode, decode_mono24
from app.sound.earcons import Earcons

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    # Qt says this of the last part of many files, and reads them all the same.
    pytest.mark.qt_log_ignore("received AVPacket with pts == AV_NOPTS_VALUE"),
]

T = TypeVar("T")
RATE = 48_000
KINDS = {
    "wav": ("WAV", "PCM_16"),
    "flac": ("FLAC", "PCM_16"),
    "ogg": ("OGG", "VORBIS"),
    "opus": ("OGG", "OPUS"),
    "mp3": ("MP3", "MPEG_LAYER_III"),
}
SHORT = {"ogg": 480}
"""By how many frames Qt may cut the end of a kind: up to a block of Vorbis, 3 to 10 ms."""
# A tenth of a second at 880 Hz, mono: AAC, which nothing else here can write.
BEEP_M4A = (
    "c-oy+3sj6-6h42Wu0@tqC^eNNDIvX$yt#Vc=y9h~rv4eKd71eu$*s8>@~BDg=%r*VNfVRhGL$P4JrE6w<Pmj?u9@"
    "V~)Z8;umf_xY*SdHAXaC<m=j^lhK70S`-v9tZ3KqwVU^8d{r~w5+UP5Eq*#H10Qdnd%027YTP!iUu20TbH;SM$nZ"
    "JZa{EVcn^obsUgTI($rtzPBiDc&IvB>Bal_gJpZhxVOVw}+o|Jnxp3zPE#T&W!x<sAO8ZptgCWW_`(zMFPFXH!ge"
    "XMOIk@#1?{1SjFwA3u4FVBwit}@U)k>!oh0F0ig@AD3u4Fgh*MNub5x$zA2E*cSBDK`7QZNsl5u&&uhvyYqd+ALv"
    "Xcik`f36SG&w*w{3;hnHySdg+e9TrS$joN*I|5Q9J)2JJ5;boc}#6N)K3+9^@eAdF_px#bNw&p6NlUjq<c%8M-5K"
    "AYf?p>F_W8o{{pA+S<{?K%KzakrlP0ogEU-$ZH0YnnQQzabYZ$E`vz{{35bQ?=vp=__h!%q`pr(@p3-fEj&(K9k|"
    "X^18F(pV{)ZFbS*atN8oakLYkjk_43ek$`o<AO`01Z6y)j68lt~_Hrv*&uA%9oq4ZhGtlcu-{rse!ZX#Ny-&ukNE"
    "jBtbQ)D>*tY)>VUAFK{dM05-<ICSG({da0kaf6j$tPfObXQHNiMp<j<kPMaFa=wQKc`jNeLe6*PKCiuo?chWx5PC"
    "BqwlTnphg#PC9Cv8+x&=q58jLxr_GN_5wEh3I#(%qJwo=-V{~jRoVNdocaZ=6!RPe8_Sn3L&iSpn*^iARckhdr&w"
    "M2Gb*2}#5@xP{e#Y<6##<e+K^2s}sj~_ztzFGs%gf98TxMzGg53|N%PlPL{Ito-f<fqIP3pi)+sb;)%S3ioi?W7M"
    "qbje&Q(d6T-ulkzIR{t2ymPp?;Nz>q@(+pLpX47lhrAM|;Vso~L|=}l^a(;L!^3QNhtE=OxgRsxel6B5H12ubK(4"
    "^QIN2lyIcgj`cw6U{m%P(Juq+fSOLI#|sLQR&o$ajMZ_yxZbx*Ig3@*-Cjg_OshFp`#pqw&k=C8~(YRuJoTLLyj2"
    "If}v9?(57kA!*-v^wjE`r=A7&Kr~F8EXlOx9ChR1sPX_iHjHFlSfF6YWVkU%gnRhp}c%BSBuNZkRe9))>#zGsex<"
    "IisaYB@;8I0e9P1KeRefn>wR(RzGLw`=@Vm{DQ{#CPVB5_zFX1JZHicJeakj_wB*#eUS}b|H;ycK?=`-E>7z@{<Z"
    "Wej?|!4c(080M`p(ItVAsv-DK9#N$7_iF&5{CXd4ImMyP44O7Q2aFSYf(LZRvVkSLqnk;YYOt&I>ie|I84H7T-v0"
    "cN-dFA`9)UtDALx2-ZG(DfWZZYf(*h@U+3;3{z8$xc3k5ofl0?8|K{{7?258bjiF>c|dYxtBIp5LCO(6O>mRQPPb"
    "2<)7KI2{qRhsd#Y7S{D4c3xboh6n<78FLo{8nw7n|G*FNTISd%O#I_f@?=9}`UDV2LoDj`1d_Ni+)>1o(~(8s`X`"
    "l-Ec$&uBRmY+`|)mhK88+J5@;5;4!fHS8t7%}iqMWw}TL%}zM>wzy6AV4v`67sFq_w$wDUr7xPAB;tcf^skxrSys"
    "W2WzUaAjp6BYeq&fHbg@*m5r&KfOaR0pG9uc&<GL~Olau$cNcL0m~qALnsQ>j4W+Wa?64WpbXCnwaE@*u(NQW{p@"
    "U$w2s#A{T5Q@kM$OQ%bwiXzrl<s@8O@@ajLC=-8w;aCIf0F_Q579JY$v3@T^j*fUqXfCKxU(CW!X3!&Rn=T0piS+"
    ")0LXm{t8xyE9%qs`F8^iC?T*EKsO9yjiqN?N0AOTrcB*<xq!MdWlGO#R}?pZ(S@r-qhO73TmbiWs@xi`BNHKhf}9"
    "Sy4ss#nqYB?_ES#ZYX946{?5#{xF<~*N)N%iaT(0yQwv`FK?x=btMWdJ^KSUZC`;w>Gszrl^W|5dos%qgDM2vkIW"
    "+yQQLs=M-@~|?&uu)TBqjrRS+V(FAOUSn"
)


def aside(work: Callable[[], T]) -> T:
    """Run in a thread that Qt does not know, while the window's thread waits."""
    results: list[T] = []
    errors: list[SoundError] = []

    def run() -> None:
        try:
            results.append(work())
        except SoundError as error:
            errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if errors:
        raise errors[0]
    return results[0]


def stereo(source: Path | bytes, **more: int) -> np.ndarray:
    pcm = aside(lambda: decode(source, **more))
    return np.frombuffer(pcm, "<i2").reshape(-1, 2) / 32_768


def mono24(source: Path | bytes) -> np.ndarray:
    return np.frombuffer(aside(lambda: decode_mono24(source)), "<i2") / 32_768


def sweep(count: int, rate: int) -> np.ndarray:
    """Return a sound that is like itself in one place only."""
    at = np.arange(count) / rate
    return 0.4 * np.sin(2 * np.pi * (300 * at + 500 * at * at)) * (0.6 + 0.4 * np.sin(20 * at))


def lag(one: np.ndarray, other: np.ndarray) -> int:
    """Return by how many samples the one is later."""
    size = 1 << (len(one) + len(other)).bit_length()
    fit = np.fft.irfft(np.fft.rfft(one, size) * np.conj(np.fft.rfft(other, size)), size)
    best = int(np.argmax(fit))
    return best - size if best > size // 2 else best


def write(path: Path, sound: np.ndarray, rate: int = RATE, subtype: str | None = None) -> Path:
    form, usual = KINDS[path.suffix[1:]]
    soundfile.write(path, sound, rate, format=form, subtype=subtype or usual)
    return path


# Every kind


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [9_600, 33_333])
def test_each_kind_comes_out_as_long_as_it_is_and_in_its_place(
    tmp_path: Path, kind: str, count: int
) -> None:
    sound = np.column_stack([sweep(count, RATE), 0.3 * sweep(count, RATE)[::-1]])
    made = stereo(write(tmp_path / f"x.{kind}", sound))
    assert count - SHORT.get(kind, 0) <= len(made) <= count
    for channel in (0, 1):
        assert abs(lag(made[:, channel], sound[:, channel])) <= 1
        assert made[:, channel].std() == pytest.approx(sound[:, channel].std(), rel=0.05)


@pytest.mark.parametrize("kind", ["wav", "flac", "ogg", "mp3"])
@pytest.mark.parametrize("rate", [44_100, 22_050])
def test_other_rates_come_out_as_long_too(tmp_path: Path, kind: str, rate: int) -> None:
    count = rate // 3 + 7
    made = stereo(write(tmp_path / f"x.{kind}", sweep(count, rate), rate))
    wanted = round(count * RATE / rate)
    assert wanted - SHORT.get(kind, 0) <= len(made) <= wanted
    assert abs(lag(made[:, 0], sweep(wanted, RATE))) <= 2
    # To the very end: a resampler that keeps its last samples back loses them.
    assert np.abs(made[-24:, 0]).max() > 0.01


def test_an_m4a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "beep.m4a"
    path.write_bytes(zlib.decompress(base64.b85decode(BEEP_M4A)))
    made = stereo(path)
    # AAC comes in blocks of 1,024 and is not cut at the end.
    assert 4_800 <= len(made) <= 4_800 + 1_024
    power = np.abs(np.fft.rfft(made[:4_800, 0], RATE))
    assert np.argmax(power) == pytest.approx(880, abs=5)


@pytest.mark.parametrize("count", [1, 100, 1_000, 12_345, 24_000, 48_017])
def test_recorded_speech_has_exactly_the_samples_that_were_written(
    tmp_path: Path, count: int
) -> None:
    path = write(tmp_path / "clip.opus", sweep(count, 24_000), 24_000)
    assert len(stereo(path)) == 2 * count
    made = mono24(path)
    assert len(made) == count
    if count >= 1_000:
        assert abs(lag(made, sweep(count, 24_000))) <= 1


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT"])
def test_every_width_of_wav_is_read(tmp_path: Path, subtype: str) -> None:
    sound = sweep(4_800, RATE)
    made = stereo(write(tmp_path / "x.wav", sound, subtype=subtype))
    assert made.shape == (4_800, 2)
    assert np.abs(made[:, 0] - sound).max() < 0.01


def test_a_wav_of_the_extensible_kind_is_read(tmp_path: Path) -> None:
    sound = sweep(4_800, RATE)
    soundfile.write(tmp_path / "x.wav", sound, RATE, format="WAVEX", subtype="PCM_16")
    assert np.abs(stereo(tmp_path / "x.wav")[:, 0] - sound).max() < 0.001


def test_a_wav_that_claims_to_be_endless_is_read_to_its_end(tmp_path: Path) -> None:
    content = bytearray(write(tmp_path / "x.wav", sweep(4_800, RATE)).read_bytes())
    content[4:8] = content[40:44] = struct.pack("<I", 0x7FFF_F000)
    assert len(stereo(bytes(content) + b"x")) == 4_800


def test_mono_sounds_from_both_sides_at_full_level(tmp_path: Path) -> None:
    for kind in KINDS:
        sound = sweep(9_600, RATE)
        made = stereo(write(tmp_path / f"x.{kind}", sound))
        assert np.array_equal(made[:, 0], made[:, 1])
        assert made[:, 0].std() == pytest.approx(sound.std(), rel=0.05)


def test_more_than_two_channels_are_mixed_into_two(tmp_path: Path) -> None:
    sound = np.zeros((9_600, 6))
    sound[:, 0] = sweep(9_600, RATE)
    for kind in ("wav", "flac"):
        made = stereo(write(tmp_path / f"x.{kind}", sound))
        assert made.shape == (9_600, 2)
        assert made[:, 0].std() > 10 * made[:, 1].std()


def test_stereo_becomes_mono_by_halves(tmp_path: Path) -> None:
    sound = np.column_stack([sweep(9_600, RATE), np.zeros(9_600)])
    made = mono24(write(tmp_path / "x.flac", sound))
    assert len(made) == 4_800
    assert made.std() == pytest.approx(sound[:, 0].std() / 2, rel=0.01)


def test_bytes_are_read_as_files_are(tmp_path: Path) -> None:
    for kind in KINDS:
        path = write(tmp_path / f"x.{kind}", sweep(9_600, RATE))
        assert np.array_equal(stereo(path.read_bytes()), stereo(path))


def test_no_name_of_a_file_is_in_the_way(tmp_path: Path) -> None:
    path = write(tmp_path / "50% #1? größer:.opus", sweep(4_800, RATE))
    assert len(stereo(path)) == 4_800


# In any thread


def test_a_thread_of_qt_can_decode(tmp_path: Path) -> None:
    path = write(tmp_path / "x.opus", sweep(4_800, RATE))
    found: list[int] = []

    class Worker(QThread):
        def run(self) -> None:
            found.append(len(decode(path)))

    worker = Worker()
    worker.start()
    assert worker.wait(10_000)
    assert found == [4 * 4_800]


def test_several_threads_can_decode_at_once(tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{n}.opus", sweep(1_000 + n, RATE)) for n in range(20)]
    found: dict[int, list[int]] = {}

    def run(number: int) -> None:
        found[number] = [len(decode(path)) // 4 for path in paths]

    threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: [1_000 + n for n in range(20)] for number in range(4)}


def test_many_files_leave_no_threads_behind(tmp_path: Path) -> None:
    path = write(tmp_path / "x.opus", sweep(4_800, RATE))
    stereo(path)
    tasks = Path("/proc/self/task")
    if not tasks.is_dir():
        pytest.skip("threads are counted in /proc")
    before = len(list(tasks.iterdir()))
    aside(lambda: [decode(path) for _ in range(50)])
    assert len(list(tasks.iterdir())) <= before + 3


def test_the_terminal_stays_clean(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    stereo(write(tmp_path / "x.opus", sweep(4_800, RATE)))
    with pytest.raises(DecodingError):
        stereo(b"no sound" * 100)
    assert capfd.readouterr() == ("", "")


# What cannot be read


def refusal(source: Path | bytes, **more: float) -> tuple[str, str]:
    with pytest.raises(DecodingError) as caught:
        aside(lambda: decode(source, **more))  # type: ignore[arg-type]
    return caught.value.rule, str(caught.value)


def test_what_is_no_sound_is_said(tmp_path: Path) -> None:
    text = tmp_path / "notes.mp3"
    text.write_text("Not a sound at all. " * 50)
    message = "notes.mp3 is no sound that can be read; wav, mp3, ogg, opus, flac and m4a files can"
    assert refusal(text) == ("not-sound", message)
    picture = Path(__file__).parents[2] / "docs/screenshots/home-light.png"
    shutil.copy(picture, tmp_path / "picture.mp3")
    assert refusal(tmp_path / "picture.mp3")[0] == "not-sound"
    for junk in (b"RIFF", b"OggS", b"fLaC", b"ID3", bytes(50_000)):
        rule, said = refusal(junk)
        assert rule == "not-sound"
        assert said.startswith("The sound is no sound that can be read")


@pytest.mark.parametrize("kind", ["flac", "ogg", "opus"])
def test_a_file_that_was_cut_off_early_is_refused(tmp_path: Path, kind: str) -> None:
    content = write(tmp_path / f"x.{kind}", sweep(96_000, RATE)).read_bytes()
    assert refusal(content[:150])[0] in {"not-sound", "damaged"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_was_cut_off_late_or_is_damaged_gives_what_is_there_or_is_refused(
    tmp_path: Path, kind: str
) -> None:
    content = write(tmp_path / f"x.{kind}", sweep(96_000, RATE)).read_bytes()
    noise = np.random.default_rng(1).bytes(len(content) // 10)
    middle = len(content) // 2
    for broken in (content[:middle], content[:middle] + noise + content[middle + len(noise) :]):
        assert outcome(broken) in {"sound", "not-sound", "damaged"}


def outcome(content: bytes) -> str:
    try:
        made = stereo(content)
    except DecodingError as error:
        return error.rule
    return "sound" if 0 < len(made) <= 110_000 else f"{len(made)} frames"


def test_an_empty_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "start.ogg").touch()
    assert refusal(tmp_path / "start.ogg") == ("empty", "start.ogg is empty")
    assert refusal(b"") == ("empty", "The sound is empty")
    silent = write(tmp_path / "none.wav", np.zeros(0))
    assert refusal(silent) == ("empty", "none.wav has no sound in it")


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    assert refusal(tmp_path / "x.mp3") == (
        "cannot-read",
        "x.mp3 cannot be read: No such file or directory",
    )
    assert refusal(tmp_path) == ("not-a-file", f"{tmp_path.name} is no file")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_too_long_is_said_and_not_decoded_to_its_end(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / f"x.{kind}", sweep(48_480, RATE))
    assert refusal(path, longest_ms=1_000) == ("too-long", f"x.{kind} is longer than 1 s")
    assert len(stereo(path, longest_ms=1_010)) == pytest.approx(48_480, abs=SHORT.get(kind, 0))


def test_an_hour_of_music_is_refused_with_less_work_than_a_part_of_it_takes(tmp_path: Path) -> None:
    part = write(tmp_path / "part.flac", np.zeros(RATE * 400, "int16"))
    path = write(tmp_path / "music.flac", np.zeros(RATE * 3_600, "int16"))
    began = time.process_time()
    aside(lambda: decode(part, timeout_s=60.0))
    between = time.process_time()
    assert refusal(path, longest_ms=10_000)[0] == "too-long"
    assert time.process_time() - between < between - began


def test_what_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = write(tmp_path / "x.ogg", sweep(96_000, RATE))
    assert refusal(path, timeout_s=0.0) == ("too-slow", "x.ogg took too long to decode")


# Cue sets


def test_a_cue_set_may_have_files_of_every_kind(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    sound = sweep(19_200, RATE)
    for stem, kind in zip(("start", "half", "rest", "switch", "count"), KINDS, strict=True):
        write(folder / f"{stem}.{kind}", sound)
    (folder / "beat.m4a").write_bytes(zlib.decompress(base64.b85decode(BEEP_M4A)))
    (folder / "get-ready.mp3").write_text("Not a sound at all. " * 50)
    built_in = Earcons(Path(__file__).parents[2] / "resources/sounds")
    cues = CueSet(folder, built_in, tmp_path / "cache")
    aside(cues.load)
    assert [Path(problem.file).name for problem in cues.problems] == ["get-ready.mp3"]
    for kind in CueKind:
        cue = Cue(at_ms=0, duration_ms=1, kind=kind, segment=0, variant=1)
        own = kind.value in {"start", "half", "rest", "switch", "count", "beat"}
        assert (cues.sound(cue) != built_in.sound(cue)) == own
