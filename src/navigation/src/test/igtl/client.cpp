// A client made of the reference library: asks what it is told to ask, and prints what it unpacked, its checksums checked.
//
//   client PORT STEP...     ask:TYPE:DEVICE   sends an empty message, such as ask:GET_IMAGE:Labels
//                           read:N            receives N messages and prints a line each
//                           until:TYPE:DEVICE receives and prints until such a message came
//
// A line is "TYPE DEVICE seconds.fraction key=value ...". Exit status 1: the connection ended or a message did not unpack.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "igtlCapabilityMessage.h"
#include "igtlClientSocket.h"
#include "igtlImageMessage.h"
#include "igtlLabelMetaMessage.h"
#include "igtlMessageHeader.h"
#include "igtlPolyDataMessage.h"
#include "igtlStatusMessage.h"
#include "igtlStringMessage.h"
#include "igtlTransformMessage.h"
#include "igtl_util.h"

namespace {

const int CHECK_CRC = 1;
const int TIMEOUT_MS = 30000;

// Version 3 of the library renamed what a message overrides.
#if OpenIGTLink_PROTOCOL_VERSION >= 3
struct Question : public igtl::MessageBase {
  explicit Question(const std::string& type) { m_SendMessageType = type; }
  igtlUint64 CalculateContentBufferSize() { return 0; }
  int PackContent() {
    AllocateBuffer();
    return 1;
  }
};

int receiveSome(igtl::ClientSocket* socket, void* to, int size) {
  bool isLate = false;
  return static_cast<int>(socket->Receive(to, size, isLate));
}
#else
struct Question : public igtl::MessageBase {
  explicit Question(const std::string& type) { m_DefaultBodyType = type; }
  int GetBodyPackSize() { return 0; }
  int PackBody() {
    AllocatePack();
    return 1;
  }
};

int receiveSome(igtl::ClientSocket* socket, void* to, int size) { return socket->Receive(to, size); }
#endif

void fail(const char* why) {
  std::fprintf(stderr, "%s\n", why);
  std::exit(1);
}

void receive(igtl::ClientSocket* socket, void* to, int size) {
  if (size > 0 && receiveSome(socket, to, size) != size) {
    fail("the connection ended");
  }
}

// The body into a message of its own kind, unpacked.
template <class M>
typename M::Pointer body(igtl::ClientSocket* socket, igtl::MessageHeader* header) {
  typename M::Pointer message = M::New();
  message->SetMessageHeader(header);
  message->AllocatePack();
  receive(socket, message->GetPackBodyPointer(), message->GetPackBodySize());
  if (!(message->Unpack(CHECK_CRC) & igtl::MessageHeader::UNPACK_BODY)) {
    fail("the body did not unpack: wrong checksum?");
  }
  return message;
}

double value(const unsigned char* at, int type) {
  switch (type) {
    case igtl::ImageMessage::TYPE_UINT8:
      return *at;
    case igtl::ImageMessage::TYPE_INT16: {
      short v;
      std::memcpy(&v, at, sizeof v);
      return v;
    }
    case igtl::ImageMessage::TYPE_UINT16: {
      unsigned short v;
      std::memcpy(&v, at, sizeof v);
      return v;
    }
    case igtl::ImageMessage::TYPE_FLOAT32: {
      float v;
      std::memcpy(&v, at, sizeof v);
      return v;
    }
    default:
      fail("unexpected scalar type");
      return 0;
  }
}

void print(igtl::ImageMessage* image) {
  int size[3], sub[3], offset[3];
  float spacing[3];
  igtl::Matrix4x4 m;
  image->GetDimensions(size);
  image->GetSubVolume(sub, offset);
  image->GetSpacing(spacing);
  image->GetMatrix(m);
  std::printf(" coord=%d scalar=%d components=%d size=%d,%d,%d sub=%d,%d,%d offset=%d,%d,%d",
              image->GetCoordinateSystem(), image->GetScalarType(), image->GetNumComponents(), size[0], size[1], size[2],
              sub[0], sub[1], sub[2], offset[0], offset[1], offset[2]);
  std::printf(" spacing=%.9g,%.9g,%.9g", spacing[0], spacing[1], spacing[2]);
  for (int column = 0; column < 4; column++) {
    std::printf(" %c=%.9g,%.9g,%.9g", "tsnp"[column], m[0][column], m[1][column], m[2][column]);
  }
  bool swapped = image->GetEndian() == igtl::ImageMessage::ENDIAN_BIG && igtl_is_little_endian();
  if (swapped) {
    fail("voxels are expected in the order of this machine");
  }
  const unsigned char* voxels = static_cast<const unsigned char*>(image->GetScalarPointer());
  int width = image->GetScalarSize();
  int count = image->GetImageSize() / width;
  std::printf(" values=");
  for (int i = 0; i < count; i++) {
    std::printf(i ? ",%.9g" : "%.9g", value(voxels + i * width, image->GetScalarType()));
  }
}

void print(igtl::PolyDataMessage* surface) {
  igtl::PolyDataPointArray* points = surface->GetPoints();
  igtl::PolyDataCellArray* polygons = surface->GetPolygons();
  std::printf(" points=");
  for (int i = 0; points && i < points->GetNumberOfPoints(); i++) {
    igtlFloat32 p[3];
    points->GetPoint(i, p);
    std::printf(i ? ";%.9g,%.9g,%.9g" : "%.9g,%.9g,%.9g", p[0], p[1], p[2]);
  }
  std::printf(" polygons=");
  for (unsigned int i = 0; polygons && i < polygons->GetNumberOfCells(); i++) {
    std::vector<igtlUint32> corners(polygons->GetCellSize(i));
    polygons->GetCell(i, corners.data());
    for (size_t c = 0; c < corners.size(); c++) {
      std::printf(c ? ",%u" : i ? ";%u" : "%u", corners[c]);
    }
  }
}

void print(igtl::TransformMessage* transform) {
  igtl::Matrix4x4 m;
  transform->GetMatrix(m);
  for (int column = 0; column < 4; column++) {
    std::printf(" %c=%.9g,%.9g,%.9g", "xyzp"[column], m[0][column], m[1][column], m[2][column]);
  }
}

void print(igtl::LabelMetaMessage* labels) {
  for (int i = 0; i < labels->GetNumberOfLabelMetaElement(); i++) {
    igtl::LabelMetaElement::Pointer e;
    labels->GetLabelMetaElement(i, e);
    igtlUint8 rgba[4];
    igtlUint16 size[3];
    e->GetRGBA(rgba);
    e->GetSize(size);
    std::printf(" label=%d name='%s' id=%s owner=%s rgba=%d,%d,%d,%d size=%d,%d,%d", e->GetLabel(), e->GetName(),
                e->GetDeviceName(), e->GetOwner(), rgba[0], rgba[1], rgba[2], rgba[3], size[0], size[1], size[2]);
  }
}

void printBody(igtl::ClientSocket* socket, igtl::MessageHeader* header) {
  const std::string type = header->GetDeviceType();
  const int size = header->GetBodySizeToRead();
  if (size == 0) {
    std::printf(" empty");
  } else if (type == "IMAGE") {
    print(body<igtl::ImageMessage>(socket, header).GetPointer());
  } else if (type == "TRANSFORM") {
    print(body<igtl::TransformMessage>(socket, header).GetPointer());
  } else if (type == "POLYDATA") {
    print(body<igtl::PolyDataMessage>(socket, header).GetPointer());
  } else if (type == "LBMETA") {
    print(body<igtl::LabelMetaMessage>(socket, header).GetPointer());
  } else if (type == "STRING") {
    igtl::StringMessage::Pointer text = body<igtl::StringMessage>(socket, header);
    std::printf(" encoding=%d text=%s", text->GetEncoding(), text->GetString());
  } else if (type == "STATUS") {
    igtl::StatusMessage::Pointer status = body<igtl::StatusMessage>(socket, header);
    std::printf(" code=%d sub=%lld name=%s message=%s", status->GetCode(),
                static_cast<long long>(status->GetSubCode()), status->GetErrorName(), status->GetStatusString());
  } else if (type == "CAPABILITY") {
    igtl::CapabilityMessage::Pointer known = body<igtl::CapabilityMessage>(socket, header);
    for (int i = 0; i < known->GetNumberOfTypes(); i++) {
      std::printf(" %s", known->GetType(i));
    }
  } else {
    std::vector<unsigned char> bytes(size);
    receive(socket, bytes.data(), size);
    std::printf(" bytes=%d first=%d", size, bytes[0]);
  }
}

// TYPE:DEVICE of the message.
std::string next(igtl::ClientSocket* socket) {
  igtl::MessageHeader::Pointer header = igtl::MessageHeader::New();
  header->InitPack();
  receive(socket, header->GetPackPointer(), header->GetPackSize());
  header->Unpack();
  unsigned int second, fraction;
  header->GetTimeStamp(&second, &fraction);
  std::printf("%s %s %u.%u", header->GetDeviceType(), header->GetDeviceName(), second, fraction);
  const std::string key = std::string(header->GetDeviceType()) + ":" + header->GetDeviceName();
  printBody(socket, header);
  std::printf("\n");
  std::fflush(stdout);
  return key;
}

void ask(igtl::ClientSocket* socket, const std::string& what) {
  const size_t colon = what.find(':');
  igtl::SmartPointer<Question> question = new Question(what.substr(0, colon));
  question->UnRegister();
  question->SetDeviceName(what.substr(colon + 1).c_str());
  question->Pack();
  if (!socket->Send(question->GetPackPointer(), question->GetPackSize())) {
    fail("the question could not be sent");
  }
}

}  // namespace

int main(int argc, char** argv) {
  igtl::ClientSocket::Pointer socket = igtl::ClientSocket::New();
  if (argc < 2 || socket->ConnectToServer("127.0.0.1", std::atoi(argv[1])) != 0) {
    fail("cannot connect");
  }
  socket->SetReceiveTimeout(TIMEOUT_MS);
  for (int i = 2; i < argc; i++) {
    const std::string step = argv[i];
    if (step.compare(0, 4, "ask:") == 0) {
      ask(socket, step.substr(4));
    } else if (step.compare(0, 5, "read:") == 0) {
      for (int n = std::atoi(step.c_str() + 5); n > 0; n--) {
        next(socket);
      }
    } else if (step.compare(0, 6, "until:") == 0) {
      while (next(socket) != step.substr(6)) {
      }
    } else {
      fail("unknown step");
    }
  }
  socket->CloseSocket();
  return 0;
}
